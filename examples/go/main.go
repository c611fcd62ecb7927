package main

import (
	"github.com/_OWNER_/pulumi-genesyscloud-oauth/sdk/go/genesyscloudoauth"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/config"
)

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		// People log in to this app with their own Genesys Cloud account, and it acts for them within its scope.
		webApp, err := genesyscloudoauth.NewOAuthClient(ctx, "web-app", &genesyscloudoauth.OAuthClientArgs{
			Name:                  pulumi.String("Agent dashboard"),
			Description:           pulumi.String("Shows agents their queues"),
			AuthorizedGrantType:   genesyscloudoauth.GrantTypeCode,
			Scope:                 pulumi.ToStringArray([]string{"routing:readonly", "users:readonly"}),
			RegisteredRedirectUri: pulumi.ToStringArray([]string{"https://dashboard.example.com/callback"}),
		})
		if err != nil {
			return err
		}

		// The role is looked up by its name, so no id has to be known.
		role, err := genesyscloudoauth.GetAuthorizationRole(ctx, &genesyscloudoauth.GetAuthorizationRoleArgs{
			Name: pulumi.StringRef(config.Require(ctx, "serviceRole")),
		})
		if err != nil {
			return err
		}

		// This service runs without a person, with the permissions of its role. A role without a DivisionId counts in the
		// home division.
		service, err := genesyscloudoauth.NewOAuthClient(ctx, "service", &genesyscloudoauth.OAuthClientArgs{
			Name:                       pulumi.String("CRM sync"),
			Description:                pulumi.String("Copies contacts to the CRM every night"),
			AuthorizedGrantType:        genesyscloudoauth.GrantTypeClientCredentials,
			AccessTokenValiditySeconds: pulumi.Int(3600),
			RoleDivisions: genesyscloudoauth.RoleDivisionArray{
				genesyscloudoauth.RoleDivisionArgs{RoleId: pulumi.String(role.Id)},
			},
		})
		if err != nil {
			return err
		}

		// The secrets are Pulumi secrets by themselves: encrypted in the state, shown as [secret].
		// `pulumi stack output serviceClientSecret --show-secrets` prints one.
		ctx.Export("webAppClientId", webApp.ClientId)
		ctx.Export("webAppClientSecret", webApp.ClientSecret)
		ctx.Export("serviceClientId", service.ClientId)
		ctx.Export("serviceClientSecret", service.ClientSecret)
		return nil
	})
}
