package myproject;

import com.pulumi.Pulumi;
import io.github.owner.genesyscloudoauth.GenesyscloudoauthFunctions;
import io.github.owner.genesyscloudoauth.inputs.GetAuthorizationRoleArgs;

public class App {
    public static void main(String[] args) {
        Pulumi.run(ctx -> {
            var role = GenesyscloudoauthFunctions.getAuthorizationRole(GetAuthorizationRoleArgs.builder()
                .name("employee")
                .build());

            ctx.export("roleId", role.applyValue(result -> result.id()));
        });
    }
}
