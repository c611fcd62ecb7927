import pulumi
import pulumi_genesyscloud_oauth as genesyscloud

crm = genesyscloud.get_o_auth_client(name="CRM sync")

pulumi.export("clientId", crm.id)
