package main

import (
	"github.com/_OWNER_/pulumi-genesyscloud-oauth/sdk/go/genesyscloudoauth"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		crm := genesyscloudoauth.LookupOAuthClientOutput(ctx, genesyscloudoauth.LookupOAuthClientOutputArgs{
			Name: pulumi.String("CRM sync"),
		})
		ctx.Export("clientId", crm.Id())
		return nil
	})
}
