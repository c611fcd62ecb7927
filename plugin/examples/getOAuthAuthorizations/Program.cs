using System.Collections.Generic;
using Pulumi;
using GenesysCloud = Owner.GenesysCloudOAuth;

return await Deployment.RunAsync(() =>
{
    var found = GenesysCloud.GetOAuthAuthorizations.Invoke();

    return new Dictionary<string, object?>
    {
        ["authorizations"] = found.Apply(result => result.Authorizations),
    };
});
