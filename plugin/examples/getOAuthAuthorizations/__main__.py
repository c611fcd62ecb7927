import pulumi
import pulumi_genesyscloud_oauth as genesyscloud

found = genesyscloud.get_o_auth_authorizations()

pulumi.export("authorizations", found.authorizations)
