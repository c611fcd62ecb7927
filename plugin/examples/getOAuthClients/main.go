package main

import (
	"github.com/_OWNER_/pulumi-genesyscloud-oauth/sdk/go/genesyscloudoauth"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		old := genesyscloudoauth.GetOAuthClientsOutput(ctx, genesyscloudoauth.GetOAuthClientsOutputArgs{
			AuthorizedGrantType: genesyscloudoauth.GrantTypeArray{genesyscloudoauth.GrantTypeClientCredentials},
			OlderThanDays:       pulumi.Float64(365),
		})
		ctx.Export("clients", old.Clients())
		return nil
	})
}
