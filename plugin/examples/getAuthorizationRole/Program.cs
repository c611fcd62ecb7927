using System.Collections.Generic;
using Pulumi;
using GenesysCloud = Owner.GenesysCloudOAuth;

return await Deployment.RunAsync(() =>
{
    var role = GenesysCloud.GetAuthorizationRole.Invoke(new()
    {
        Name = "employee",
    });

    return new Dictionary<string, object?>
    {
        ["roleId"] = role.Apply(result => result.Id),
    };
});
