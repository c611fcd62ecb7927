import pulumi
import pulumi_genesyscloud_oauth as genesyscloud

role = genesyscloud.get_authorization_role(name="employee")
crm = genesyscloud.OAuthClient(
    "crm",
    name="CRM sync",
    authorized_grant_type=genesyscloud.GrantType.CLIENT_CREDENTIALS,
    role_divisions=[{"role_id": role.id}],
)
credential = genesyscloud.IntegrationCredential(
    "credential",
    name="CRM sync",
    fields={"clientId": crm.client_id, "clientSecret": crm.client_secret},
)

pulumi.export("credentialId", credential.credential_id)
