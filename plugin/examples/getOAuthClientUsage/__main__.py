import pulumi
import pulumi_genesyscloud_oauth as genesyscloud

usage = genesyscloud.get_o_auth_client_usage(
    client_id="9f0c1d2e-3b4a-4c5d-8e6f-7a8b9c0d1e2f",
    days=30,
)

pulumi.export("requests", usage.totals.requests)
