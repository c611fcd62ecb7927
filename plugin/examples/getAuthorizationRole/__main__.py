import pulumi
import pulumi_genesyscloud_oauth as genesyscloud

role = genesyscloud.get_authorization_role(name="employee")

pulumi.export("roleId", role.id)
