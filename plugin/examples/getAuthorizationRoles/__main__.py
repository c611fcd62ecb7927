import pulumi
import pulumi_genesyscloud_oauth as genesyscloud

found = genesyscloud.get_authorization_roles(name_pattern="CRM*")

pulumi.export("roles", found.roles)
