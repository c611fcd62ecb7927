using System.Collections.Generic;
using Pulumi;
using GenesysCloud = Owner.GenesysCloudOAuth;

return await Deployment.RunAsync(() =>
{
    var scope = GenesysCloud.GetOAuthScope.Invoke(new()
    {
        Id = "users:readonly",
    });

    return new Dictionary<string, object?>
    {
        ["description"] = scope.Apply(result => result.Description),
    };
});
