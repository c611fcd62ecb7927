import pulumi
import pulumi_genesyscloud_oauth as genesyscloud

old = genesyscloud.get_o_auth_clients(
    authorized_grant_type=[genesyscloud.GrantType.CLIENT_CREDENTIALS],
    older_than_days=365,
)

pulumi.export("clients", old.clients)
