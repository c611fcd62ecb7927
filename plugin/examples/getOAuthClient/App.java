package myproject;

import com.pulumi.Pulumi;
import io.github.owner.genesyscloudoauth.GenesyscloudoauthFunctions;
import io.github.owner.genesyscloudoauth.inputs.GetOAuthClientArgs;

public class App {
    public static void main(String[] args) {
        Pulumi.run(ctx -> {
            var crm = GenesyscloudoauthFunctions.getOAuthClient(GetOAuthClientArgs.builder()
                .name("CRM sync")
                .build());

            ctx.export("clientId", crm.applyValue(result -> result.id()));
        });
    }
}
