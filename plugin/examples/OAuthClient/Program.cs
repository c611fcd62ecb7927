using System.Collections.Generic;
using Pulumi;
using GenesysCloud = Owner.GenesysCloudOAuth;

return await Deployment.RunAsync(() =>
{
    var role = GenesysCloud.GetAuthorizationRole.Invoke(new() { Name = "employee" });

    var crm = new GenesysCloud.OAuthClient("crm", new()
    {
        Name = "CRM sync",
        AuthorizedGrantType = GenesysCloud.GrantType.ClientCredentials,
        RoleDivisions = new[]
        {
            new GenesysCloud.Inputs.RoleDivisionArgs { RoleId = role.Apply(result => result.Id) },
        },
    });

    return new Dictionary<string, object?>
    {
        ["clientId"] = crm.ClientId,
        ["clientSecret"] = crm.ClientSecret,
    };
});
