package main

import (
	"github.com/_OWNER_/pulumi-genesyscloud-oauth/sdk/go/genesyscloudoauth"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		division := genesyscloudoauth.GetAuthorizationDivisionOutput(ctx, genesyscloudoauth.GetAuthorizationDivisionOutputArgs{
			Name: pulumi.String("Sales"),
		})
		ctx.Export("divisionId", division.Id())
		return nil
	})
}
