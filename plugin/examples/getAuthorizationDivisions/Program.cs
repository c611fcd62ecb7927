using System.Collections.Generic;
using Pulumi;
using GenesysCloud = Owner.GenesysCloudOAuth;

return await Deployment.RunAsync(() =>
{
    var found = GenesysCloud.GetAuthorizationDivisions.Invoke(new()
    {
        NamePattern = "Sales*",
    });

    return new Dictionary<string, object?>
    {
        ["divisions"] = found.Apply(result => result.Divisions),
    };
});
