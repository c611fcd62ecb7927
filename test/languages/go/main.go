// Uses every resource and every function of the plugin.
package main

import (
	"github.com/_OWNER_/pulumi-genesyscloud-oauth/sdk/go/genesyscloudoauth"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/config"
)

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		role, err := genesyscloudoauth.GetAuthorizationRole(ctx, &genesyscloudoauth.GetAuthorizationRoleArgs{
			Name: pulumi.StringRef("employee"),
		})
		if err != nil {
			return err
		}
		division, err := genesyscloudoauth.GetAuthorizationDivision(ctx, &genesyscloudoauth.GetAuthorizationDivisionArgs{
			Name: pulumi.StringRef("Support"),
		})
		if err != nil {
			return err
		}
		found, err := lookups(ctx)
		if err != nil {
			return err
		}
		found["role"] = pulumi.String(role.Id)
		found["division"] = pulumi.String(division.Id)
		ctx.Export("found", found)
		return resources(ctx, genesyscloudoauth.RoleDivisionArray{genesyscloudoauth.RoleDivisionArgs{
			RoleId:     pulumi.String(role.Id),
			DivisionId: pulumi.String(division.Id),
		}})
	})
}

// lookups calls the other functions.
func lookups(ctx *pulumi.Context) (pulumi.Map, error) {
	roles, err := genesyscloudoauth.GetAuthorizationRoles(ctx, &genesyscloudoauth.GetAuthorizationRolesArgs{
		NamePattern: pulumi.StringRef("SCIM*"),
	})
	if err != nil {
		return nil, err
	}
	var roleNames pulumi.StringArray
	for _, role := range roles.Roles {
		roleNames = append(roleNames, pulumi.String(role.Name))
	}
	divisions, err := genesyscloudoauth.GetAuthorizationDivisions(ctx, &genesyscloudoauth.GetAuthorizationDivisionsArgs{})
	if err != nil {
		return nil, err
	}
	busy, err := genesyscloudoauth.LookupOAuthClient(ctx, &genesyscloudoauth.LookupOAuthClientArgs{
		Name: pulumi.StringRef("CRM sync"),
	})
	if err != nil {
		return nil, err
	}
	old, err := genesyscloudoauth.GetOAuthClients(ctx, &genesyscloudoauth.GetOAuthClientsArgs{
		State:         []genesyscloudoauth.ClientState{genesyscloudoauth.ClientStateInactive},
		OlderThanDays: pulumi.Float64Ref(365),
	})
	if err != nil {
		return nil, err
	}
	var oldNames pulumi.StringArray
	for _, client := range old.Clients {
		oldNames = append(oldNames, pulumi.String(client.Name))
	}
	usage, err := genesyscloudoauth.GetOAuthClientUsage(ctx, &genesyscloudoauth.GetOAuthClientUsageArgs{ClientId: busy.Id})
	if err != nil {
		return nil, err
	}
	authorization, err := genesyscloudoauth.GetOAuthAuthorization(ctx, &genesyscloudoauth.GetOAuthAuthorizationArgs{
		ClientId: config.Require(ctx, "authorized"),
	})
	if err != nil {
		return nil, err
	}
	authorizations, err := genesyscloudoauth.GetOAuthAuthorizations(ctx, &genesyscloudoauth.GetOAuthAuthorizationsArgs{})
	if err != nil {
		return nil, err
	}
	scope, err := genesyscloudoauth.GetOAuthScope(ctx, &genesyscloudoauth.GetOAuthScopeArgs{Id: "users"})
	if err != nil {
		return nil, err
	}
	scopes, err := genesyscloudoauth.GetOAuthScopes(ctx, &genesyscloudoauth.GetOAuthScopesArgs{})
	if err != nil {
		return nil, err
	}
	// As an output.
	home := genesyscloudoauth.GetAuthorizationDivisionOutput(ctx, genesyscloudoauth.GetAuthorizationDivisionOutputArgs{
		HomeDivision: pulumi.Bool(true).ToBoolOutput().ToBoolPtrOutput(),
	})
	ctx.Export("home", home.Id())
	return pulumi.Map{
		"roles":          roleNames,
		"divisions":      pulumi.Int(len(divisions.Divisions)),
		"busy":           pulumi.String(busy.Id),
		"old":            oldNames,
		"requests":       pulumi.Int(usage.Totals.Requests),
		"authorization":  pulumi.StringPtrFromPtr(authorization.Client.Name),
		"authorizations": pulumi.Int(len(authorizations.Authorizations)),
		"scope":          pulumi.StringPtrFromPtr(scope.Description),
		"scopes":         pulumi.Int(len(scopes.Scopes)),
	}, nil
}

// resources makes one of each.
func resources(ctx *pulumi.Context, roleDivisions genesyscloudoauth.RoleDivisionArray) error {
	text := pulumi.String(config.Require(ctx, "text"))
	rotation := pulumi.Map{"value": pulumi.String(config.Require(ctx, "rotation"))}
	service, err := genesyscloudoauth.NewOAuthClient(ctx, "service", &genesyscloudoauth.OAuthClientArgs{
		Name:                       pulumi.String("Service"),
		Description:                text,
		AuthorizedGrantType:        genesyscloudoauth.GrantTypeClientCredentials,
		RoleDivisions:              roleDivisions,
		AccessTokenValiditySeconds: pulumi.Int(3600),
		SecretRotation:             &genesyscloudoauth.SecretRotationArgs{RotateWhenChanged: rotation},
	})
	if err != nil {
		return err
	}
	pair, err := genesyscloudoauth.NewRotatingOAuthClient(ctx, "pair", &genesyscloudoauth.RotatingOAuthClientArgs{
		Name:                pulumi.String("Worker"),
		Description:         text,
		AuthorizedGrantType: genesyscloudoauth.GrantTypeClientCredentials,
		RoleDivisions:       roleDivisions,
		Rotation:            genesyscloudoauth.RotationArgs{RotateWhenChanged: rotation},
	})
	if err != nil {
		return err
	}
	credential, err := genesyscloudoauth.NewIntegrationCredential(ctx, "credential", &genesyscloudoauth.IntegrationCredentialArgs{
		Name:   text,
		Fields: pulumi.StringMap{"clientId": pair.ClientId, "clientSecret": pair.ClientSecret},
	})
	if err != nil {
		return err
	}

	// An explicit provider, for a second organization.
	other, err := genesyscloudoauth.NewProvider(ctx, "other", &genesyscloudoauth.ProviderArgs{
		GatewayProtocol:   pulumi.String("http"),
		GatewayHost:       pulumi.String("127.0.0.1"),
		GatewayPort:       pulumi.String(config.Require(ctx, "otherPort")),
		OauthClientId:     pulumi.String(config.Require(ctx, "otherId")),
		OauthClientSecret: config.RequireSecret(ctx, "otherSecret"),
	})
	if err != nil {
		return err
	}
	there, err := genesyscloudoauth.NewOAuthClient(ctx, "there", &genesyscloudoauth.OAuthClientArgs{
		Name:                  pulumi.String("There"),
		Description:           text,
		AuthorizedGrantType:   genesyscloudoauth.GrantTypeCode,
		Scope:                 pulumi.ToStringArray([]string{"users:readonly"}),
		RegisteredRedirectUri: pulumi.ToStringArray([]string{"https://app.example.com/callback"}),
	}, pulumi.Provider(other))
	if err != nil {
		return err
	}

	ctx.Export("service", pulumi.Map{"id": service.ClientId, "version": service.SecretVersion})
	ctx.Export("serviceSecret", service.ClientSecret)
	ctx.Export("there", there.ClientId)
	ctx.Export("current", pair.ClientId)
	ctx.Export("currentSecret", pair.ClientSecret)
	ctx.Export("previous", pair.PreviousClientId)
	ctx.Export("previousSecret", pair.PreviousClientSecret)
	ctx.Export("credential", credential.CredentialId)
	return nil
}
