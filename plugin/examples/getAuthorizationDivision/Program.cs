using System.Collections.Generic;
using Pulumi;
using GenesysCloud = Owner.GenesysCloudOAuth;

return await Deployment.RunAsync(() =>
{
    var division = GenesysCloud.GetAuthorizationDivision.Invoke(new()
    {
        Name = "Sales",
    });

    return new Dictionary<string, object?>
    {
        ["divisionId"] = division.Apply(result => result.Id),
    };
});
