using System.Collections.Generic;
using Pulumi;
using GenesysCloud = Owner.GenesysCloudOAuth;

return await Deployment.RunAsync(() =>
{
    var authorization = GenesysCloud.GetOAuthAuthorization.Invoke(new()
    {
        ClientId = "9f0c1d2e-3b4a-4c5d-8e6f-7a8b9c0d1e2f",
    });

    return new Dictionary<string, object?>
    {
        ["scopes"] = authorization.Apply(result => result.Scope),
    };
});
