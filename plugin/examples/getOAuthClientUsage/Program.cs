using System.Collections.Generic;
using Pulumi;
using GenesysCloud = Owner.GenesysCloudOAuth;

return await Deployment.RunAsync(() =>
{
    var usage = GenesysCloud.GetOAuthClientUsage.Invoke(new()
    {
        ClientId = "9f0c1d2e-3b4a-4c5d-8e6f-7a8b9c0d1e2f",
        Days = 30,
    });

    return new Dictionary<string, object?>
    {
        ["requests"] = usage.Apply(result => result.Totals.Requests),
    };
});
