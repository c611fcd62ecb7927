package myproject;

import com.pulumi.Pulumi;
import io.github.owner.genesyscloudoauth.GenesyscloudoauthFunctions;
import io.github.owner.genesyscloudoauth.inputs.GetOAuthClientUsageArgs;

public class App {
    public static void main(String[] args) {
        Pulumi.run(ctx -> {
            var usage = GenesyscloudoauthFunctions.getOAuthClientUsage(GetOAuthClientUsageArgs.builder()
                .clientId("9f0c1d2e-3b4a-4c5d-8e6f-7a8b9c0d1e2f")
                .days(30)
                .build());

            ctx.export("requests", usage.applyValue(result -> result.totals().requests()));
        });
    }
}
