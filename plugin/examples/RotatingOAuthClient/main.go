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
		crm, err := genesyscloudoauth.NewRotatingOAuthClient(ctx, "crm", &genesyscloudoauth.RotatingOAuthClientArgs{
			Name:                pulumi.String("CRM sync"),
			AuthorizedGrantType: genesyscloudoauth.GrantTypeClientCredentials,
			RoleDivisions: genesyscloudoauth.RoleDivisionArray{
				genesyscloudoauth.RoleDivisionArgs{RoleId: role.Id()},
			},
			Rotation: genesyscloudoauth.RotationArgs{PeriodDays: pulumi.Float64(30)},
		})
		if err != nil {
			return err
		}
		ctx.Export("clientId", crm.ClientId)
		ctx.Export("clientSecret", crm.ClientSecret)
		ctx.Export("rotatesAt", crm.RotatesAt)
		return nil
	})
}
