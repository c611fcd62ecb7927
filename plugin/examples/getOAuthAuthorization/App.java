package myproject;

import com.pulumi.Pulumi;
import io.github.owner.genesyscloudoauth.GenesyscloudoauthFunctions;
import io.github.owner.genesyscloudoauth.inputs.GetOAuthAuthorizationArgs;

public class App {
    public static void main(String[] args) {
        Pulumi.run(ctx -> {
            var authorization = GenesyscloudoauthFunctions.getOAuthAuthorization(GetOAuthAuthorizationArgs.builder()
                .clientId("9f0c1d2e-3b4a-4c5d-8e6f-7a8b9c0d1e2f")
                .build());

            ctx.export("scopes", authorization.applyValue(result -> result.scope()));
        });
    }
}
