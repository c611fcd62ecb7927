package main

import (
	"github.com/_OWNER_/pulumi-genesyscloud-oauth/sdk/go/genesyscloudoauth"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		scope := genesyscloudoauth.GetOAuthScopeOutput(ctx, genesyscloudoauth.GetOAuthScopeOutputArgs{
			Id: pulumi.String("users:readonly"),
		})
		ctx.Export("description", scope.Description())
		return nil
	})
}
