import pulumi
import pulumi_genesyscloud_oauth as genesyscloud

found = genesyscloud.get_authorization_divisions(name_pattern="Sales*")

pulumi.export("divisions", found.divisions)
