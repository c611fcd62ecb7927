import pulumi
import pulumi_genesyscloud_oauth as genesyscloud

config = pulumi.Config()

# People log in to this app with their own Genesys Cloud account, and it acts for them within its scope.
web_app = genesyscloud.OAuthClient(
    "web-app",
    name="Agent dashboard",
    description="Shows agents their queues",
    authorized_grant_type=genesyscloud.GrantType.CODE,
    scope=["routing:readonly", "users:readonly"],
    registered_redirect_uri=["https://dashboard.example.com/callback"],
)

# The role is looked up by its name, so no id has to be known.
role = genesyscloud.get_authorization_role(name=config.require("serviceRole"))

# This service runs without a person, with the permissions of its role. A role without a division_id counts in the home
# division.
service = genesyscloud.OAuthClient(
    "service",
    name="CRM sync",
    description="Copies contacts to the CRM every night",
    authorized_grant_type=genesyscloud.GrantType.CLIENT_CREDENTIALS,
    role_divisions=[{"role_id": role.id}],
    access_token_validity_seconds=3600,
)

# The secrets are Pulumi secrets by themselves: encrypted in the state, shown as [secret].
# `pulumi stack output serviceClientSecret --show-secrets` prints one.
pulumi.export("webAppClientId", web_app.client_id)
pulumi.export("webAppClientSecret", web_app.client_secret)
pulumi.export("serviceClientId", service.client_id)
pulumi.export("serviceClientSecret", service.client_secret)
