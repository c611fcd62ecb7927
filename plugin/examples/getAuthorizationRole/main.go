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
		ctx.Export("roleId", role.Id())
		return nil
	})
}
