using System.Collections.Generic;
using Pulumi;
using GenesysCloud = Owner.GenesysCloudOAuth;

return await Deployment.RunAsync(() =>
{
    var found = GenesysCloud.GetOAuthScopes.Invoke();

    return new Dictionary<string, object?>
    {
        ["scopes"] = found.Apply(result => result.Scopes),
    };
});
