package main

import (
	"github.com/_OWNER_/pulumi-genesyscloud-oauth/sdk/go/genesyscloudoauth"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		usage := genesyscloudoauth.GetOAuthClientUsageOutput(ctx, genesyscloudoauth.GetOAuthClientUsageOutputArgs{
			ClientId: pulumi.String("9f0c1d2e-3b4a-4c5d-8e6f-7a8b9c0d1e2f"),
			Days:     pulumi.Int(30),
		})
		ctx.Export("requests", usage.Totals().Requests())
		return nil
	})
}
