package myproject;

import com.pulumi.Pulumi;
import io.github.owner.genesyscloudoauth.GenesyscloudoauthFunctions;

public class App {
    public static void main(String[] args) {
        Pulumi.run(ctx -> {
            var found = GenesyscloudoauthFunctions.getOAuthAuthorizations();

            ctx.export("authorizations", found.applyValue(result -> result.authorizations()));
        });
    }
}
