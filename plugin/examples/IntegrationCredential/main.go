package main

import (
	"github.com/_OWNER_/pulumi-genesyscloud-oauth/sdk/go/genesyscloudoauth"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		role := genesyscloudoauth.GetAuthorizationRoleOutput(ctx, genesyscloudoauth.GetAuthorizationRoleOutputArgs{
			Name: pulumi.String("employee"),
		})
		crm, err := genesyscloudoauth.NewOAuthClient(ctx, "crm", &genesyscloudoauth.OAuthClientArgs{
			Name:                pulumi.String("CRM sync"),
			AuthorizedGrantType: genesyscloudoauth.GrantTypeClientCredentials,
			RoleDivisions: genesyscloudoauth.RoleDivisionArray{
				genesyscloudoauth.RoleDivisionArgs{RoleId: role.Id()},
			},
		})
		if err != nil {
			return err
		}
		credential, err := genesyscloudoauth.NewIntegrationCredential(ctx, "credential", &genesyscloudoauth.IntegrationCredentialArgs{
			Name: pulumi.String("CRM sync"),
			Fields: pulumi.StringMap{
				"clientId":     crm.ClientId,
				"clientSecret": crm.ClientSecret,
			},
		})
		if err != nil {
			return err
		}
		ctx.Export("credentialId", credential.CredentialId)
		return nil
	})
}
