package myproject;

import com.pulumi.Pulumi;
import io.github.owner.genesyscloudoauth.GenesyscloudoauthFunctions;

public class App {
    public static void main(String[] args) {
        Pulumi.run(ctx -> {
            var found = GenesyscloudoauthFunctions.getOAuthScopes();

            ctx.export("scopes", found.applyValue(result -> result.scopes()));
        });
    }
}
