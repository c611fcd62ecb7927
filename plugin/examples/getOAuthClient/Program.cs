using System.Collections.Generic;
using Pulumi;
using GenesysCloud = Owner.GenesysCloudOAuth;

return await Deployment.RunAsync(() =>
{
    var crm = GenesysCloud.GetOAuthClient.Invoke(new()
    {
        Name = "CRM sync",
    });

    return new Dictionary<string, object?>
    {
        ["clientId"] = crm.Apply(result => result.Id),
    };
});
