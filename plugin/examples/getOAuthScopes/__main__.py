import pulumi
import pulumi_genesyscloud_oauth as genesyscloud

found = genesyscloud.get_o_auth_scopes()

pulumi.export("scopes", found.scopes)
