package myproject;

import com.pulumi.Pulumi;
import io.github.owner.genesyscloudoauth.GenesyscloudoauthFunctions;
import io.github.owner.genesyscloudoauth.inputs.GetAuthorizationDivisionsArgs;

public class App {
    public static void main(String[] args) {
        Pulumi.run(ctx -> {
            var found = GenesyscloudoauthFunctions.getAuthorizationDivisions(GetAuthorizationDivisionsArgs.builder()
                .namePattern("Sales*")
                .build());

            ctx.export("divisions", found.applyValue(result -> result.divisions()));
        });
    }
}
