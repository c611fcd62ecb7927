import pulumi
import pulumi_genesyscloud_oauth as genesyscloud

scope = genesyscloud.get_o_auth_scope(id="users:readonly")

pulumi.export("description", scope.description)
