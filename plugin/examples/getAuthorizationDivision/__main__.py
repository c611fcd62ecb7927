import pulumi
import pulumi_genesyscloud_oauth as genesyscloud

division = genesyscloud.get_authorization_division(name="Sales")

pulumi.export("divisionId", division.id)
