package main

import (
	"github.com/_OWNER_/pulumi-genesyscloud-oauth/sdk/go/genesyscloudoauth"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		found := genesyscloudoauth.GetOAuthAuthorizationsOutput(ctx, genesyscloudoauth.GetOAuthAuthorizationsOutputArgs{})
		ctx.Export("authorizations", found.Authorizations())
		return nil
	})
}
