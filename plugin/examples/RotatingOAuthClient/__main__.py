import pulumi
import pulumi_genesyscloud_oauth as genesyscloud

role = genesyscloud.get_authorization_role(name="employee")
crm = genesyscloud.RotatingOAuthClient(
    "crm",
    name="CRM sync",
    authorized_grant_type=genesyscloud.GrantType.CLIENT_CREDENTIALS,
    role_divisions=[{"role_id": role.id}],
    rotation={"period_days": 30},
)

pulumi.export("clientId", crm.client_id)
pulumi.export("clientSecret", crm.client_secret)
pulumi.export("rotatesAt", crm.rotates_at)
