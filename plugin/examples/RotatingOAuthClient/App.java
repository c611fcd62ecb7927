package myproject;

import com.pulumi.Pulumi;
import io.github.owner.genesyscloudoauth.GenesyscloudoauthFunctions;
import io.github.owner.genesyscloudoauth.RotatingOAuthClient;
import io.github.owner.genesyscloudoauth.RotatingOAuthClientArgs;
import io.github.owner.genesyscloudoauth.enums.GrantType;
import io.github.owner.genesyscloudoauth.inputs.GetAuthorizationRoleArgs;
import io.github.owner.genesyscloudoauth.inputs.RoleDivisionArgs;
import io.github.owner.genesyscloudoauth.inputs.RotationArgs;

public class App {
    public static void main(String[] args) {
        Pulumi.run(ctx -> {
            var role = GenesyscloudoauthFunctions.getAuthorizationRole(GetAuthorizationRoleArgs.builder()
                .name("employee")
                .build());

            var crm = new RotatingOAuthClient("crm", RotatingOAuthClientArgs.builder()
                .name("CRM sync")
                .authorizedGrantType(GrantType.ClientCredentials)
                .roleDivisions(RoleDivisionArgs.builder()
                    .roleId(role.applyValue(result -> result.id()))
                    .build())
                .rotation(RotationArgs.builder().periodDays(30.0).build())
                .build());

            ctx.export("clientId", crm.clientId());
            ctx.export("clientSecret", crm.clientSecret());
            ctx.export("rotatesAt", crm.rotatesAt());
        });
    }
}
