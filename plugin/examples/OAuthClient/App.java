package myproject;

import com.pulumi.Pulumi;
import io.github.owner.genesyscloudoauth.GenesyscloudoauthFunctions;
import io.github.owner.genesyscloudoauth.OAuthClient;
import io.github.owner.genesyscloudoauth.OAuthClientArgs;
import io.github.owner.genesyscloudoauth.enums.GrantType;
import io.github.owner.genesyscloudoauth.inputs.GetAuthorizationRoleArgs;
import io.github.owner.genesyscloudoauth.inputs.RoleDivisionArgs;

public class App {
    public static void main(String[] args) {
        Pulumi.run(ctx -> {
            var role = GenesyscloudoauthFunctions.getAuthorizationRole(GetAuthorizationRoleArgs.builder()
                .name("employee")
                .build());

            var crm = new OAuthClient("crm", OAuthClientArgs.builder()
                .name("CRM sync")
                .authorizedGrantType(GrantType.ClientCredentials)
                .roleDivisions(RoleDivisionArgs.builder()
                    .roleId(role.applyValue(result -> result.id()))
                    .build())
                .build());

            ctx.export("clientId", crm.clientId());
            ctx.export("clientSecret", crm.clientSecret());
        });
    }
}
