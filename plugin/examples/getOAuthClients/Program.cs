using System.Collections.Generic;
using Pulumi;
using GenesysCloud = Owner.GenesysCloudOAuth;

return await Deployment.RunAsync(() =>
{
    var old = GenesysCloud.GetOAuthClients.Invoke(new()
    {
        AuthorizedGrantType = new[] { GenesysCloud.GrantType.ClientCredentials },
        OlderThanDays = 365,
    });

    return new Dictionary<string, object?>
    {
        ["clients"] = old.Apply(result => result.Clients),
    };
});
