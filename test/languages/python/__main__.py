"""Uses every resource and every function of the plugin."""

import pulumi
import pulumi_genesyscloud_oauth as genesyscloud

config = pulumi.Config()
text = config.require("text")
rotation = {"value": config.require("rotation")}

# Every function.
role = genesyscloud.get_authorization_role(name="employee")
division = genesyscloud.get_authorization_division(name="Support")
roles = genesyscloud.get_authorization_roles(name_pattern="SCIM*")
divisions = genesyscloud.get_authorization_divisions()
busy = genesyscloud.get_o_auth_client(name="CRM sync")
old = genesyscloud.get_o_auth_clients(state=[genesyscloud.ClientState.INACTIVE], older_than_days=365)
usage = genesyscloud.get_o_auth_client_usage(client_id=busy.id)
authorization = genesyscloud.get_o_auth_authorization(client_id=config.require("authorized"))
authorizations = genesyscloud.get_o_auth_authorizations()
scope = genesyscloud.get_o_auth_scope(id="users")
scopes = genesyscloud.get_o_auth_scopes()
pulumi.export(
    "found",
    {
        "role": role.id,
        "division": division.id,
        "roles": [found.name for found in roles.roles],
        "divisions": len(divisions.divisions),
        "busy": busy.id,
        "old": [client.name for client in old.clients],
        "requests": usage.totals.requests,
        "authorization": authorization.client.name,
        "authorizations": len(authorizations.authorizations),
        "scope": scope.description,
        "scopes": len(scopes.scopes),
    },
)
# As an output, of something that another resource decides.
home = genesyscloud.get_authorization_division_output(home_division=pulumi.Output.from_input(True))
pulumi.export("home", home.id)

# Every resource.
service = genesyscloud.OAuthClient(
    "service",
    name="Service",
    description=text,
    authorized_grant_type=genesyscloud.GrantType.CLIENT_CREDENTIALS,
    role_divisions=[{"role_id": role.id, "division_id": division.id}],
    access_token_validity_seconds=3600,
    secret_rotation={"rotate_when_changed": rotation},
)
pair = genesyscloud.RotatingOAuthClient(
    "pair",
    name="Worker",
    description=text,
    authorized_grant_type=genesyscloud.GrantType.CLIENT_CREDENTIALS,
    role_divisions=[{"role_id": role.id, "division_id": division.id}],
    rotation={"rotate_when_changed": rotation},
)
credential = genesyscloud.IntegrationCredential(
    "credential",
    name=text,
    fields={"clientId": pair.client_id, "clientSecret": pair.client_secret},
)

# An explicit provider, for a second organization.
other = genesyscloud.Provider(
    "other",
    gateway_protocol="http",
    gateway_host="127.0.0.1",
    gateway_port=config.require("otherPort"),
    oauth_client_id=config.require("otherId"),
    oauth_client_secret=config.require_secret("otherSecret"),
)
there = genesyscloud.OAuthClient(
    "there",
    name="There",
    description=text,
    authorized_grant_type=genesyscloud.GrantType.CODE,
    scope=["users:readonly"],
    registered_redirect_uri=["https://app.example.com/callback"],
    opts=pulumi.ResourceOptions(provider=other),
)

pulumi.export("service", {"id": service.client_id, "version": service.secret_version})
pulumi.export("serviceSecret", service.client_secret)
pulumi.export("there", there.client_id)
pulumi.export("current", pair.client_id)
pulumi.export("currentSecret", pair.client_secret)
pulumi.export("previous", pair.previous_client_id)
pulumi.export("previousSecret", pair.previous_client_secret)
pulumi.export("credential", credential.credential_id)
