using System.Collections.Generic;
using Pulumi;
using GenesysCloud = Owner.GenesysCloudOAuth;

return await Deployment.RunAsync(() =>
{
    var found = GenesysCloud.GetAuthorizationRoles.Invoke(new()
    {
        NamePattern = "CRM*",
    });

    return new Dictionary<string, object?>
    {
        ["roles"] = found.Apply(result => result.Roles),
    };
});
