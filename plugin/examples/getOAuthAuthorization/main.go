package main

import (
	"github.com/_OWNER_/pulumi-genesyscloud-oauth/sdk/go/genesyscloudoauth"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		authorization := genesyscloudoauth.GetOAuthAuthorizationOutput(ctx, genesyscloudoauth.GetOAuthAuthorizationOutputArgs{
			ClientId: pulumi.String("9f0c1d2e-3b4a-4c5d-8e6f-7a8b9c0d1e2f"),
		})
		ctx.Export("scopes", authorization.Scope())
		return nil
	})
}
