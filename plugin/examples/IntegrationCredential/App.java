package myproject;

import com.pulumi.Pulumi;
import com.pulumi.core.Output;
import io.github.owner.genesyscloudoauth.GenesyscloudoauthFunctions;
import io.github.owner.genesyscloudoauth.IntegrationCredential;
import io.github.owner.genesyscloudoauth.IntegrationCredentialArgs;
import io.github.owner.genesyscloudoauth.OAuthClient;
import io.github.owner.genesyscloudoauth.OAuthClientArgs;
import io.github.owner.genesyscloudoauth.enums.GrantType;
import io.github.owner.genesyscloudoauth.inputs.GetAuthorizationRoleArgs;
import io.github.owner.genesyscloudoauth.inputs.RoleDivisionArgs;
import java.util.Map;

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
            var credential = new IntegrationCredential("credential", IntegrationCredentialArgs.builder()
                .name("CRM sync")
                .fields(Output.tuple(crm.clientId(), crm.clientSecret()).applyValue(login -> Map.of(
                    "clientId", login.t1,
                    "clientSecret", login.t2)))
                .build());

            ctx.export("credentialId", credential.credentialId());
        });
    }
}
