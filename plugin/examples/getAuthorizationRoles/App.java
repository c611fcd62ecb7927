package myproject;

import com.pulumi.Pulumi;
import io.github.owner.genesyscloudoauth.GenesyscloudoauthFunctions;
import io.github.owner.genesyscloudoauth.inputs.GetAuthorizationRolesArgs;

public class App {
    public static void main(String[] args) {
        Pulumi.run(ctx -> {
            var found = GenesyscloudoauthFunctions.getAuthorizationRoles(GetAuthorizationRolesArgs.builder()
                .namePattern("CRM*")
                .build());

            ctx.export("roles", found.applyValue(result -> result.roles()));
        });
    }
}
