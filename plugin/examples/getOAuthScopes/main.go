package main

import (
	"github.com/_OWNER_/pulumi-genesyscloud-oauth/sdk/go/genesyscloudoauth"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		found := genesyscloudoauth.GetOAuthScopesOutput(ctx, genesyscloudoauth.GetOAuthScopesOutputArgs{})
		ctx.Export("scopes", found.Scopes())
		return nil
	})
}
