package myproject;

import com.pulumi.Pulumi;
import io.github.owner.genesyscloudoauth.GenesyscloudoauthFunctions;
import io.github.owner.genesyscloudoauth.inputs.GetOAuthScopeArgs;

public class App {
    public static void main(String[] args) {
        Pulumi.run(ctx -> {
            var scope = GenesyscloudoauthFunctions.getOAuthScope(GetOAuthScopeArgs.builder()
                .id("users:readonly")
                .build());

            ctx.export("description", scope.applyValue(result -> result.description()));
        });
    }
}
